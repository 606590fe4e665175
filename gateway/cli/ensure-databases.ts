/** `hub ensure-databases`: six databases and roles on a server of one's own, as the compose file needs them. */
import { z } from "zod";
import { ensureDatabases } from "./postgres/databases";
import { DATABASES, type DatabaseName } from "./postgres/names";

const password = z.string({ error: "must be set" }).min(1, { error: "must be set" });
const variables = z.object({
  HUB_SUPERUSER_URL: z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgres:// address" }),
  ...(Object.fromEntries(DATABASES.map((name) => [`${name.toUpperCase()}_PASSWORD`, password])) as Record<
    `${Uppercase<DatabaseName>}_PASSWORD`,
    typeof password
  >),
});

/** The command: reads HUB_SUPERUSER_URL and `<NAME>_PASSWORD` for each database; doing it again changes nothing. */
export async function run(): Promise<number> {
  const parsed = variables.safeParse(process.env);
  if (!parsed.success)
    throw new Error(
      parsed.error.issues.map(({ path, message }) => `${path.map(String).join(".")}: ${message}`).join("; "),
    );
  const { HUB_SUPERUSER_URL: superuserUrl, ...given } = parsed.data;
  const passwords = Object.fromEntries(
    DATABASES.map((name) => [name, given[`${name.toUpperCase() as Uppercase<DatabaseName>}_PASSWORD`]]),
  ) as Record<DatabaseName, string>;
  await ensureDatabases(superuserUrl, passwords);
  console.log(`databases and roles are there: ${DATABASES.join(", ")}`);
  return 0;
}
