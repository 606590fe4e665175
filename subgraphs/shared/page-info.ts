/** Whether a page of a list is the last one: the same for every list of the hub that is told in pages. */
import { Directive, Field, ObjectType } from "type-graphql";

@Directive("@shareable")
@ObjectType({ simpleResolvers: true, description: "Whether there is more." })
export class PageInfo {
  @Field(() => Boolean, { description: "Whether more follows." })
  readonly hasNextPage!: boolean;

  @Field(() => String, {
    nullable: true,
    description: "Cursor of the last entry of this page; null when it has none.",
  })
  readonly endCursor!: string | null;
}
