import { CopyButton } from '../ui/copy-button';

/** Code to copy. */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  return (
    <div className="relative rounded-sm bg-well">
      <div className="absolute top-1.5 right-1.5 rounded-sm bg-well">
        <CopyButton text={code} label={label} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways has to be reached with a keyboard */}
      <pre className="overflow-x-auto p-4 pr-12 font-mono text-xs leading-relaxed" tabIndex={0}>
        <code>{code}</code>
      </pre>
    </div>
  );
}
