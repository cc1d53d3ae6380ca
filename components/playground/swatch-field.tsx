import { labelOf, swatchesOf } from '@/lib/models/labels';
import type { ParameterProperty } from '@/lib/models/schema';

type SwatchFieldProps = { id: string; property: ParameterProperty; value: string; onChange(value: string): void };

/** One palette of many. Closed it is a line with the chosen one; open, chips of every palette's colours. Radio buttons underneath. */
export function SwatchField({ id, property, value, onChange }: SwatchFieldProps) {
  const nameOf = (option: string) => labelOf(property, option) ?? option;
  const chip = (option: string, className: string) => {
    const colours = swatchesOf(property, option);
    return colours && <Chip colours={colours} className={className} />;
  };
  return (
    <details className="group">
      <summary className="grid min-h-10 grid-cols-[6.5rem_1fr_auto] items-center gap-3 text-sm" title={property.description}>
        {property.title}
        <span className="flex items-center gap-2.5">
          {chip(value, 'h-5 w-10')}
          {nameOf(value)}
        </span>
        <span className="text-xs text-ink-faint underline decoration-rule-strong underline-offset-4 group-hover:text-ink">
          <span className="group-open:hidden">Change</span>
          <span className="hidden group-open:inline">Close</span>
        </span>
      </summary>
      <fieldset className="flex flex-wrap gap-1.5 pt-2 pb-3">
        <legend className="sr-only">{property.title}</legend>
        {(property.enum ?? []).map(String).map((option) => (
          <label
            key={option}
            title={nameOf(option)}
            className="relative grid h-8 w-11 cursor-pointer overflow-hidden rounded-sm border border-rule-strong has-checked:outline-2 has-checked:outline-offset-2 has-checked:outline-ink has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-copper"
          >
            <input type="radio" name={id} value={option} checked={option === value} onChange={() => onChange(option)} className="sr-only" />
            {swatchesOf(property, option) ? (
              <>
                <span className="sr-only">{nameOf(option)}</span>
                {chip(option, 'size-full')}
              </>
            ) : (
              <span className="m-auto text-2xs text-ink-soft">{nameOf(option)}</span>
            )}
          </label>
        ))}
      </fieldset>
    </details>
  );
}

function Chip({ colours, className }: { colours: string[]; className: string }) {
  return (
    <span aria-hidden="true" className={`flex ${className}`}>
      {colours.map((colour, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a palette may hold a colour twice
        <span key={index} className="flex-1" style={{ background: colour }} />
      ))}
    </span>
  );
}
