/** What `joint` publishes beside its answers, for gateways that serve it to the public. */
import { Field, ID, ObjectType } from "type-graphql";
import { DateTimeScalar } from "../../../schema/scalars";
import type { PublishedKey } from "../ledger/published-keys";
import type { PublicPage as PublicPageData } from "../pages/public-pages";

@ObjectType({
  simpleResolvers: true,
  description: "A public key (Ed25519) with which receipts are verified, and the time for which it stands.",
})
export class ReceiptKey implements Pick<
  PublishedKey,
  "kid" | "x" | "validFrom" | "validUntil" | "revokedAt"
> {
  @Field(() => ID, { description: "Its name in the header of a receipt: the RFC 7638 thumbprint." })
  readonly kid!: string;

  @Field(() => String, { description: "The key in base64url, as the member x of its JWK (RFC 8037)." })
  readonly x!: string;

  @Field(() => DateTimeScalar, { description: "Receipts made from then on verify with it." })
  readonly validFrom!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "Receipts made before then verify with it; null while it is in use.",
  })
  readonly validUntil!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "Since when nothing verifies with it any more.",
  })
  readonly revokedAt!: string | null;
}

@ObjectType({ simpleResolvers: true, description: "A page for the public, without scripts." })
export class PublicPage implements PublicPageData {
  @Field(() => String, { description: "The Content-Security-Policy that it must be served with." })
  readonly contentSecurityPolicy!: string;

  @Field(() => String, { description: "The page in HTML." })
  readonly html!: string;
}
