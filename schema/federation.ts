/** Which version of Apollo Federation the subgraphs speak, and the directives that they use. */

/** The `@link` that heads every subgraph's SDL (Apollo Federation 2.5: the newest that all open composers share). */
export const FEDERATION_LINK = `extend schema
  @link(
    url: "https://specs.apollo.dev/federation/v2.5"
    import: ["@key", "@shareable", "@external", "@requires", "@provides", "@inaccessible", "@tag"]
  )
`;
