/** Policy packs in the graph. */
import { Field, ID, ObjectType } from "type-graphql";
import { LocalDateScalar } from "../../../schema/scalars";
import type { SchemeVersion as SchemeVersionData } from "../assessment/assessment";
import type { Text } from "../assessment/assessment";

@ObjectType({
  simpleResolvers: true,
  description: "One version of a policy pack. A version never changes: a changed policy is a new version.",
})
export class SchemeVersion implements SchemeVersionData {
  @Field(() => ID, { description: "The id of the scheme, the same in all its versions." })
  readonly id!: string;

  @Field(() => String, { description: "The version within the scheme." })
  readonly version!: string;

  @Field(() => LocalDateScalar, { description: "The first day on which it applies." })
  readonly effectiveFrom!: string;

  @Field(() => LocalDateScalar, {
    nullable: true,
    description: "The first day on which it no longer applies.",
  })
  readonly effectiveUntil!: string | null;

  @Field(() => String, { description: "SHA-256 of the signed files of the pack, in hexadecimal." })
  readonly sha256!: string;

  @Field(() => Boolean, {
    description:
      "True when today's law no longer allows all its measures; each of its decisions then warns of it.",
  })
  readonly historical!: boolean;
}

@ObjectType({
  simpleResolvers: true,
  description: "What the source text of a policy leaves open, with the value in force and who set it.",
})
export class OpenParameter {
  @Field(() => String, { description: "The name under which the tables refer to it." })
  readonly name!: string;

  @Field(() => String, { description: "The value in force; lists and maps are written as JSON." })
  readonly value!: string;

  @Field(() => String, { description: "Who set it and why." })
  readonly note!: string;
}

@ObjectType({ simpleResolvers: true, description: "A policy pack with all its versions." })
export class Scheme {
  @Field(() => ID, { description: "The id of the scheme, as decisions name it." })
  readonly id!: string;

  readonly title!: Text;

  @Field(() => String, { nullable: true, description: "Where it applies." })
  readonly jurisdiction!: string | null;

  @Field(() => [SchemeVersion], { description: "All versions, oldest first." })
  readonly versions!: readonly SchemeVersionData[];

  @Field(() => [OpenParameter], {
    description: "What the source leaves open, as the latest version sets it.",
  })
  readonly openParameters!: readonly OpenParameter[];
}
