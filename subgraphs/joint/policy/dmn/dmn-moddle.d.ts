// dmn-moddle ships no types; this is the part that is used.
declare module "dmn-moddle" {
  export class DmnModdle {
    fromXML(
      xml: string,
      typeName: string,
    ): Promise<{ rootElement: object; warnings: readonly { readonly message: string }[] }>;
    toXML(element: object, options: { format: boolean }): Promise<{ xml: string }>;
    create(type: string, attributes: object): object;
  }
}
