/** What Handlebars makes of the templates, by their names. Here it is empty; the build of wkgen puts a full one in the place of the compiled file. */
export const precompiled: { readonly [name: string]: unknown } = {};
