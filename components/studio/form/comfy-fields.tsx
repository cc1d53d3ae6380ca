import { useState } from 'react';
import { TextField } from '../text-field';
import { readOptions } from './to-input';

const pretty = (value: unknown) => (value === undefined ? '' : JSON.stringify(value, null, 2));
const SLOTS = '{ "prompt": { "node": "6", "input": "text" }, "seed": { "node": "3", "input": "seed" } }';

/** Two texts as one JSON of settings; text that is no JSON yet goes on as it is, so that it is refused and not lost. */
function joined(graph: string, slots: string): string {
  const parts = [graph.trim() && `"graph": ${graph}`, slots.trim() && `"slots": ${slots}`].filter(Boolean);
  return parts.length > 0 ? `{ ${parts.join(', ')} }` : '';
}

/** The workflow, and where the values of a run go in it. */
export function ComfyFields({ options, onChange, error }: { options: string; onChange(options: string): void; error: string | null }) {
  const given = readOptions(options);
  const [graph, setGraph] = useState(pretty(given?.graph));
  const [slots, setSlots] = useState(pretty(given?.slots));
  return (
    <>
      <TextField
        label="Workflow"
        mono
        rows={8}
        hint="In ComfyUI: Workflow, Export (API). Paste the file here."
        value={graph}
        error={error}
        onValueChange={(value) => {
          setGraph(value);
          onChange(joined(value, slots));
        }}
      />
      <TextField
        label="Where the values go"
        mono
        rows={4}
        placeholder={SLOTS}
        hint={`Each name is “prompt”, “seed”, “image” for the picture to start from, or one of your parameters, with its node and input: ${SLOTS}`}
        value={slots}
        onValueChange={(value) => {
          setSlots(value);
          onChange(joined(graph, value));
        }}
      />
    </>
  );
}
