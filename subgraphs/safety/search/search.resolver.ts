/** `Query.searchEnterprises`: by credit code, name, part of a name, pinyin or initials. */
import { Args, ArgsType, Ctx, Field, Int, ObjectType, Query, Resolver } from "type-graphql";
import { parseCreditCode } from "../../../schema/credit-code";
import { HubError } from "../../../schema/errors";
import { localDateAt, toText } from "../../../schema/values";
import type { DepartmentContext } from "../../shared/department";
import { PageInfo } from "../../shared/page-info";
import { Enterprise } from "../enterprise";
import { type SearchPosition, searchEnterprises } from "../store";
import { foldText } from "./name-columns";

const TEXT_LENGTH_MAX = 200;
const PAGE_MAX = 100;
const HITS_DEFAULT = 10;

@ObjectType({ simpleResolvers: true, description: "One hit." })
class EnterpriseEdge {
  @Field(() => Enterprise, { description: "The enterprise as it stands today." })
  readonly node!: Enterprise;

  @Field(() => String, { description: "Where the hit stands; give it as `after` to go on from here." })
  readonly cursor!: string;
}

@ObjectType({ simpleResolvers: true, description: "A page of hits." })
class EnterpriseConnection {
  @Field(() => [EnterpriseEdge], {
    description: "The hits: those that begin with the text, then those that hold it.",
  })
  readonly edges!: readonly EnterpriseEdge[];

  @Field(() => PageInfo, { description: "Whether there are more." })
  readonly pageInfo!: PageInfo;
}

@ArgsType()
class SearchArguments {
  @Field(() => String, { description: "What is looked for; blanks do not matter." })
  readonly text!: string;

  @Field(() => Int, { nullable: true, defaultValue: HITS_DEFAULT, description: "Hits a page, at most 100." })
  readonly first!: number | null;

  @Field(() => String, { nullable: true, description: "Cursor to go on from." })
  readonly after!: string | null;
}

const toCursor = ({ rank, creditCode }: SearchPosition): string =>
  Buffer.from(`${rank}${creditCode}`).toString("base64url");

function parseCursor(cursor: string): SearchPosition {
  const text = Buffer.from(cursor.slice(0, 100), "base64url").toString("latin1");
  const parsed = parseCreditCode(text.slice(1));
  if (/^[01]/.test(text) && "code" in parsed) return { rank: Number(text[0]), creditCode: parsed.code };
  throw new HubError("BAD_USER_INPUT", "after: this is no cursor of a search.");
}

function parseText(text: string): string {
  const folded = foldText(toText(text, TEXT_LENGTH_MAX));
  if ([...folded].length < 2)
    throw new HubError("BAD_USER_INPUT", "text: two characters at least are needed for a search.");
  return folded;
}

function toEdge(position: SearchPosition): EnterpriseEdge {
  const key = { creditCode: position.creditCode, asOf: localDateAt(new Date()), knownAt: null };
  return { node: Object.assign(new Enterprise(), key), cursor: toCursor(position) };
}

@Resolver()
export class SearchResolver {
  @Query(() => EnterpriseConnection, {
    description:
      "Enterprises by credit code or its beginning, by name or a part of it of two characters and more, by pinyin or by initials.",
  })
  async searchEnterprises(
    @Args(() => SearchArguments) { text, first: asked, after }: SearchArguments,
    @Ctx() { pool, ask }: DepartmentContext,
  ): Promise<EnterpriseConnection> {
    const first = asked ?? HITS_DEFAULT;
    if (first < 1 || first > PAGE_MAX)
      throw new HubError("BAD_USER_INPUT", `first: between 1 and ${PAGE_MAX} hits are given.`);
    const request = {
      text: parseText(text),
      after: after ? parseCursor(after) : undefined,
      hitsMax: first + 1,
    };
    const positions = await ask(() => searchEnterprises(pool, request));
    const edges = positions.slice(0, first).map(toEdge);
    return {
      edges,
      pageInfo: { hasNextPage: positions.length > first, endCursor: edges.at(-1)?.cursor ?? null },
    };
  }
}
