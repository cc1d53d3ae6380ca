/** The model that examples are written with. */
export type ExampleModelDto = { slug: string; name: string; kind: 'image' | 'text' };

/** The same call in three ways. */
export type ExampleCode = { curl: string; typescript: string; python: string };
export type ExampleDto = { id: string; title: string; text: string; code: Partial<ExampleCode> };
