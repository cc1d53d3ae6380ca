import { MAX_PROMPT_CHARACTERS, MAX_VARIATIONS } from '@/lib/generations/limits';
import type { ParameterSchema } from '@/lib/models/schema';
import { Choice } from '../ui/choice';
import { describedBy, Field } from '../ui/field';
import { Textarea } from '../ui/input';
import { ParameterForm } from './parameter-form';
import type { Pictures } from './picture-field';
import { SeedField } from './seed-field';
import type { Settings } from './settings';

type SettingsFormProps = {
  kind: 'image' | 'text';
  schema: ParameterSchema;
  settings: Settings;
  onChange(part: Partial<Settings>): void;
  pictures: Pictures | null;
};

const HINT = 'Stays with you: only a salted fingerprint of it is ever published.';
const PLACEHOLDERS = {
  image: 'Words that bend form and colour: tide pool at dusk, brass and smoke',
  text: 'What it is to write about: the last ferry, told by the ticket seller',
};
const counts = Array.from({ length: MAX_VARIATIONS }, (_, index) => String(index + 1));

/** Prompt, the model's own parameters, seed and number of variations. */
export function SettingsForm({ kind, schema, settings, onChange, pictures }: SettingsFormProps) {
  return (
    <div className="grid gap-6">
      <Field id="prompt" label="Prompt" hint={HINT} aside={`${settings.prompt.length} / ${MAX_PROMPT_CHARACTERS}`}>
        <Textarea
          id="prompt"
          value={settings.prompt}
          maxLength={MAX_PROMPT_CHARACTERS}
          rows={3}
          placeholder={PLACEHOLDERS[kind]}
          aria-describedby={describedBy('prompt', { hint: HINT })}
          onChange={(event) => onChange({ prompt: event.target.value })}
        />
      </Field>
      <ParameterForm schema={schema} values={settings.params} onChange={(params) => onChange({ params })} pictures={pictures} />
      <div className="grid gap-3 border-t border-rule pt-6">
        <SeedField seed={settings.seed} count={settings.count} onChange={(seed) => onChange({ seed })} />
        <div className="grid grid-cols-[6.5rem_1fr] items-center gap-3">
          <span className="text-sm" id="count-label">
            Variations
          </span>
          <Choice
            name="count"
            aria-labelledby="count-label"
            value={String(settings.count)}
            options={counts.map((value) => ({ value, label: value }))}
            onValueChange={(value) => onChange({ count: Number(value) })}
          />
        </div>
      </div>
    </div>
  );
}
