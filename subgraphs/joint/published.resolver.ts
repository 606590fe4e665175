/** What anybody may see beside decisions: the keys of receipts, and the policies as pages. */
import { Arg, Ctx, Query, Resolver } from "type-graphql";
import type { JointContext } from "./context";
import { PublicPage, ReceiptKey } from "./graph/published";
import type { PublishedKey } from "./ledger/published-keys";
import type { PublicPage as PublicPageData } from "./pages/public-pages";

@Resolver()
export class PublishedResolver {
  @Query(() => [ReceiptKey], {
    description: "Every key that ever signed receipts, oldest first; the same as at /.well-known/jwks.json.",
  })
  async receiptKeys(@Ctx() { publishedKeys }: JointContext): Promise<readonly PublishedKey[]> {
    return (await publishedKeys()).keys;
  }

  @Query(() => PublicPage, {
    nullable: true,
    description:
      "A policy, or the list of them, as a page: /policies or /policies/<scheme>/<version>. Null for any other path.",
  })
  publicPage(
    @Arg("path", () => String, { description: "The path of the page." }) path: string,
    @Ctx() { publicPages }: JointContext,
  ): PublicPageData | null {
    return publicPages(path) ?? null;
  }
}
