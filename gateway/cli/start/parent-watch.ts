/**
 * Loaded before the entry point of every process that the hub starts (`node --require`): when the hub is gone, the
 * process stops as on SIGTERM, so that nothing is left behind that would hold a port.
 */
process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
