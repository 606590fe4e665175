/** Jest's global tear-down: the run's PostgreSQL server goes with it. */
const running = globalThis as typeof globalThis & { stopTestPostgres?: () => Promise<void> };

export default async function stopServer(): Promise<void> {
  await running.stopTestPostgres?.();
}
