import { toSchema } from './parameter-schema';
import { PriceExample } from './price-example';
import { PriceFields } from './price-fields';
import type { StepProps } from './step-props';

/** What a run costs. It can be changed at any time; the version stays the same. */
export function StepPrice({ draft, change, problems }: StepProps) {
  return (
    <div className="grid items-start gap-10 lg:grid-cols-[minmax(0,1fr)_22rem] lg:gap-16">
      <PriceFields price={draft.price} onChange={(price) => change({ price })} problems={problems} />
      <PriceExample price={draft.price} schema={toSchema(draft.parameters)} />
    </div>
  );
}
