import type { ParameterProperty } from '@/lib/models/schema';

type SwatchFieldProps = { id: string; property: ParameterProperty; value: string; onChange(value: string): void };

/** One palette of many, as chips of their colours. Radio buttons underneath; the name of the chosen one stands in words. */
export function SwatchField({ id, property, value, onChange }: SwatchFieldProps) {
  const { labels = {}, swatches = {} } = property['x-ui'] ?? {};
  return (
    <fieldset className="grid gap-2">
      <legend className="float-left flex w-full justify-between text-sm" title={property.description}>
        {property.title}
        <span className="text-xs text-ink-faint">{labels[value] ?? value}</span>
      </legend>
      <div className="flex flex-wrap gap-1.5">
        {(property.enum ?? []).map(String).map((option) => (
          <label
            key={option}
            title={labels[option] ?? option}
            className="relative flex h-8 w-11 cursor-pointer overflow-hidden rounded-sm border border-rule-strong has-checked:outline-2 has-checked:outline-offset-2 has-checked:outline-ink has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-copper"
          >
            <input type="radio" name={id} value={option} checked={option === value} onChange={() => onChange(option)} className="sr-only" />
            <span className="sr-only">{labels[option] ?? option}</span>
            <span aria-hidden="true" className="flex flex-1 items-stretch">
              {(swatches[option] ?? []).map((colour, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a palette may hold a colour twice
                <span key={index} className="flex-1" style={{ background: colour }} />
              ))}
              {!swatches[option] && <span className="m-auto text-2xs text-ink-soft">{labels[option] ?? option}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
