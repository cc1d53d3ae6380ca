import { lexer, type Token, type Tokens } from 'marked';
import type { Route } from 'next';
import Link from 'next/link';
import { Fragment, type ReactNode } from 'react';
import { CodeBlock } from './code-block';

/** One of our own texts. Read into tokens and written as elements: no HTML of a text gets into a page. The first heading is the page's. */
export function Markdown({ text }: { text: string }) {
  const [first, ...rest] = lexer(text).filter(({ type }) => type !== 'space');
  const tokens = first?.type === 'heading' ? rest : first ? [first, ...rest] : [];
  return <div className="grid grid-cols-1 max-w-[48rem] gap-4">{blocks(tokens)}</div>;
}

/** The first heading of a text. */
export const titleOf = (text: string): string => lexer(text).find((token): token is Tokens.Heading => token.type === 'heading')?.text ?? '';

const each = (tokens: Token[] | undefined, draw: (token: Token) => ReactNode) =>
  tokens?.map((token, i) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: a text's tokens never move
    return <Fragment key={i}>{draw(token)}</Fragment>;
  });
const blocks = (tokens: Token[] | undefined) => each(tokens, block);
const inline = (tokens: Token[] | undefined) => each(tokens, span);

function block(token: Token) {
  switch (token.type) {
    case 'heading':
      return <h2 className="pt-4 font-display text-xl">{inline(token.tokens)}</h2>;
    case 'paragraph':
      return <p className="text-ink-soft">{inline(token.tokens)}</p>;
    case 'code':
      return <CodeBlock code={token.text} label="code" />;
    case 'list':
      return <List list={token as Tokens.List} />;
    case 'table':
      return <Table table={token as Tokens.Table} />;
    default:
      return span(token);
  }
}

function span(token: Token) {
  switch (token.type) {
    case 'strong':
      return <strong className="font-medium text-ink">{inline(token.tokens)}</strong>;
    case 'em':
      return <em>{inline(token.tokens)}</em>;
    case 'codespan':
      return <code className="rounded-sm bg-well px-1 font-mono text-[0.85em] wrap-anywhere text-ink">{token.text}</code>;
    case 'link':
      return (
        <Link href={token.href as Route} className="text-link">
          {inline(token.tokens)}
        </Link>
      );
    default:
      return 'tokens' in token && token.tokens ? inline(token.tokens) : 'text' in token ? token.text : null;
  }
}

function List({ list }: { list: Tokens.List }) {
  const Tag = list.ordered ? 'ol' : 'ul';
  return (
    <Tag className={`grid grid-cols-1 gap-2 pl-5 text-ink-soft ${list.ordered ? 'list-decimal' : 'list-disc'}`}>
      {each(list.items, (item) => (
        <li>{blocks((item as Tokens.ListItem).tokens)}</li>
      ))}
    </Tag>
  );
}

function Table({ table }: { table: Tokens.Table }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways has to be reached with a keyboard
    <div className="overflow-x-auto" tabIndex={0}>
      <table className="w-full min-w-96 text-sm text-ink-soft">
        <thead>
          <tr className="border-b border-rule-strong text-left text-xs text-ink-faint">
            {table.header.map((cell) => (
              <th key={cell.text} scope="col" className="py-2 pr-4 font-normal">
                {inline(cell.tokens)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={row[0]?.text} className="border-b border-rule align-baseline">
              {row.map((cell) => (
                <td key={cell.text} className="py-2 pr-4">
                  {inline(cell.tokens)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
