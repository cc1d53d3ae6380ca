import type { ExampleCode, ExampleDto } from '@/lib/gateway/docs/schema';
import { Disclosure } from '../ui/disclosure';
import { CodeBlock } from './code-block';

const LANGUAGES: [keyof ExampleCode, string][] = [
  ['curl', 'curl'],
  ['typescript', 'TypeScript'],
  ['python', 'Python'],
];

/** One call after the other, each in the languages it is written in. */
export function Examples({ examples }: { examples: ExampleDto[] }) {
  return examples.map(({ id, title, text, code }) => (
    <section key={id} aria-labelledby={id} className="grid grid-cols-1 gap-3">
      <h2 id={id} className="font-display text-xl">
        {title}
      </h2>
      <p className="max-w-[42rem] text-ink-soft">{text}</p>
      {LANGUAGES.map(([language, name]) => {
        const written = code[language];
        return (
          written && (
            <Disclosure key={language} summary={name} open={language === 'curl'}>
              <CodeBlock code={written} label={`${title}, ${name}`} />
            </Disclosure>
          )
        );
      })}
    </section>
  ));
}
