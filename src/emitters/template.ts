import Handlebars from "handlebars";

/** A file's layout: looks like what it produces. It decides nothing; what it shows was decided by a shape. */
export function template<Shape>(source: string): (shape: Shape) => string {
  let compiled: Handlebars.TemplateDelegate<Shape> | undefined;
  return (shape) => {
    compiled ??= Handlebars.compile<Shape>(source, { noEscape: true, strict: true });
    return compiled(shape);
  };
}
