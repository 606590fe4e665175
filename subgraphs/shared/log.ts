/** The log of a subgraph: JSON lines on standard error, with request ids, without facts or personal data. */
import pino, { type Logger } from "pino";

/** A logger that names its subgraph. Level from `LOG_LEVEL`, `info` unless set. */
export function createLog(subgraph: string): Logger {
  return pino(
    { name: subgraph, base: { subgraph }, level: process.env["LOG_LEVEL"] ?? "info" },
    pino.destination(2),
  );
}
