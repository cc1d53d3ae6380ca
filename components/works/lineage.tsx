import type { Route } from 'next';
import Link from 'next/link';
import type { LineageDto, LineageNode } from '@/lib/works/lineage-schema';
import { Badge } from '../ui/badge';
import { Pager } from './pager';
import { Picture } from './picture';

/** What a work was made from and what was made from it. One tree of lists: what is drawn beside it is for eyes alone. */
export function Lineage({ workId, title, lineage, cursor }: { workId: string; title: string; lineage: LineageDto; cursor: string | undefined }) {
  const { parents, moreAbove, children, privateChildren, nextCursor } = lineage;
  if (parents.length === 0 && children.length === 0 && privateChildren === 0) return null;
  return (
    <section id="lineage" aria-labelledby="lineage-heading" className="grid gap-4 pt-16">
      <h2 id="lineage-heading" className="font-display text-2xl">
        Lineage
      </h2>
      {parents.length > 0 && (
        <ol aria-label="Made from, the oldest first">
          {moreAbove && <li className="pb-2 text-sm text-ink-faint">Earlier works are not shown here.</li>}
          {parents.toReversed().map((node, i) => (
            <li key={node.kind === 'work' ? node.id : `private ${i}`}>
              <Node node={node} />
              <Trunk />
            </li>
          ))}
        </ol>
      )}
      <p className="border-l-2 border-copper py-2 pl-4 text-sm">
        <span className="font-caption text-base italic">{title}</span>, this work
      </p>
      {(children.length > 0 || privateChildren > 0) && (
        <ul aria-label="Made from this work" className="ml-2 grid gap-y-3 border-l border-rule-strong">
          {children.map((node) => (
            <li key={node.id} className="grid grid-cols-[1.5rem_minmax(0,1fr)] items-center">
              <Twig />
              <Node node={node} />
            </li>
          ))}
          {privateChildren > 0 && (
            <li className="grid grid-cols-[1.5rem_minmax(0,1fr)] items-center">
              <Twig />
              <p className="text-sm text-ink-faint">{privateChildren === 1 ? 'A private work' : `${privateChildren} private works`}</p>
            </li>
          )}
        </ul>
      )}
      <Pager path={`/works/${workId}`} cursor={cursor} nextCursor={nextCursor} noun="works made from it" anchor="lineage" />
    </section>
  );
}

function Node({ node }: { node: LineageNode }) {
  if (node.kind === 'private') return <p className="py-2 text-sm text-ink-faint">A private work</p>;
  const { id, title, modelName, preview, width, height, takenDown, made } = node;
  return (
    <div className="flex items-center gap-3">
      <div className="w-14 shrink-0 bg-well" aria-hidden="true">
        {preview ? <Picture preview={preview} alt="" width={width} height={height} sizes="3.5rem" /> : <div className="h-14" />}
      </div>
      <div className="min-w-0 text-sm">
        <Link href={`/works/${id}` as Route} className="text-link">
          {title}
        </Link>
        <p className="text-xs text-ink-faint">
          {modelName}
          {made > 0 && `, ${made === 1 ? 'one work' : `${made} works`} made from it`}
        </p>
        {takenDown !== null && <Badge tone="bad">Taken down</Badge>}
      </div>
    </div>
  );
}

/** From a work down to what was made from it. */
function Trunk() {
  return (
    <svg aria-hidden="true" viewBox="0 0 56 20" className="h-5 w-14 text-rule-strong">
      <path d="M28 0V20" stroke="currentColor" fill="none" />
    </svg>
  );
}

/** From the trunk to one of the works made from it. */
function Twig() {
  return (
    <svg aria-hidden="true" viewBox="0 0 24 8" className="h-2 w-6 text-rule-strong">
      <path d="M0 4H20" stroke="currentColor" fill="none" />
    </svg>
  );
}
