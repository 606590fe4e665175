// Packages that ship ES modules only; Jest's CommonJS runtime needs them transformed.
const esModules = [
  "jose",
  "canonicalize",
  "uuid",
  "lezer-feel",
  "@lezer",
  "feelin",
  "@bpmn-io",
  "dmn-moddle",
  "moddle",
  "moddle-xml",
  "min-dash",
  "saxen",
  "write-excel-file",
  "read-excel-file",
  "temporal-polyfill",
  "temporal-utils",
  "luxon",
  "echarts",
  "zrender",
];

module.exports = {
  testEnvironment: "node",
  globalSetup: "<rootDir>/test/postgres-server.ts",
  globalTeardown: "<rootDir>/test/postgres-server-stop.ts",
  roots: ["<rootDir>/test"],
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/bench/"],
  modulePathIgnorePatterns: ["<rootDir>/dist/"],
  transform: {
    "^.+\\.(t|j|mj)sx?$": [
      "@swc/jest",
      {
        jsc: {
          target: "es2023",
          parser: { syntax: "typescript", decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: "commonjs" },
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esModules.join("|")})/)`],
  testTimeout: 30_000,
};
