/** Prettier's own defaults: what is generated is laid out as in a project that has never configured it. */
export const printWidth = 80;
export const tabWidth = 2;
