/** An element with these properties and children. Text is always text, never markup. */
export function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in node) node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.flat(Infinity));

  return node;
}

/** "placeOrder" as people write it: "place order". */
export function spelledOut(name) {
  return name.replace(/(\p{Lowercase})(\p{Uppercase})/gu, (_, before, after) => `${before} ${after.toLowerCase()}`);
}
