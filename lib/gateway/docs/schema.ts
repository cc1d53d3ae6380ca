/** The model that examples are written with. `picture`: what its setting is called that takes one, where it has one. */
export type ExampleModelDto = { slug: string; name: string; kind: 'image' | 'text'; picture: string | null };

/** The same call in three ways. */
export type ExampleCode = { curl: string; typescript: string; python: string };
export type ExampleDto = { id: string; title: string; text: string; code: Partial<ExampleCode> };
