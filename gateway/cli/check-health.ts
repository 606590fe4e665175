/** `hub check-health URL`: exit status 0 when it answers 200. For containers, which have no curl. */

const TIMEOUT_MS = 4_000;

/** The command. */
export async function run([url]: readonly string[]): Promise<number> {
  if (!url) throw new Error("usage: hub check-health URL");
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) console.error(await response.text());
  return response.ok ? 0 : 1;
}
