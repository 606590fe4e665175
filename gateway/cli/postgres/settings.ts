/** What the server is told at start: for two cores that it shares with seven Node processes. */

const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "120",
  // The indexes of a city's ledger lie in it: else every receipt of a screening reads pages and throws others out.
  shared_buffers: "640MB",
  effective_cache_size: "1GB",
  maintenance_work_mem: "128MB",
  work_mem: "8MB",
  // A bulk import must not run into a checkpoint every few seconds.
  max_wal_size: "2GB",
  checkpoint_timeout: "15min",
  // This build packs pages with pglz only, which costs more than writing them.
  wal_compression: "off",
  random_page_cost: "1.1",
  // Answers are counted in milliseconds: planning a parallel or compiled query costs more than it saves.
  max_parallel_workers_per_gather: "0",
  jit: "off",
  io_workers: "2",
  log_min_messages: "warning",
  log_line_prefix: "%m [%p] %d ",
  // The text of a statement may hold personal data.
  log_min_error_statement: "panic",
  log_timezone: "UTC",
  timezone: "UTC",
};

// Lost at a crash of the machine. A test run throws its server away in any case.
const NOT_DURABLE: Readonly<Record<string, string>> = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  shared_buffers: "64MB",
  max_connections: "300",
};

/** Command line flags of `postgres`. */
export function serverFlags(clusterDir: string, port: number, { durable }: { durable: boolean }): string[] {
  const settings = durable ? SETTINGS : { ...SETTINGS, ...NOT_DURABLE };
  const pairs = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  return ["-D", clusterDir, "-p", String(port), ...pairs];
}
