import { custodyClaim, reproducibilityClaim, SIGNATURE_MEANS } from '../../models/claims';
import type { ReRunState } from './use-re-run';

type Impossible = Extract<ReRunState, { step: 'impossible' }>;

const words = {
  no_manifest:
    'The manifest of this model version is not public, so your browser cannot know what to run. It is public once the version is published.',
  unreachable: 'The server does not answer, so the model’s manifest could not be read. Try again.',
  other_manifest: 'The manifest that was found is not the one that the receipt names. Nothing was run with it.',
  params: 'The settings in the record are not the ones that were signed, or not settings of this model. Nothing was run with them.',
};

/** Why a work is not made again here, and what its record is worth then. */
export function CannotReRun({ state }: { state: Impossible }) {
  if (state.why !== 'no_engine') return <p>{words[state.why]}</p>;
  const { reproducibility, signerCustody, name } = state.manifest;
  const [grade, custody] = [reproducibilityClaim(reproducibility), custodyClaim(signerCustody)];
  return (
    <div className="grid gap-2">
      <p>
        {reproducibility === 'A'
          ? `${name} gives the same result each time, but its engine does not run in a browser: its maker has to say how to run it.`
          : `${name} cannot be run again to the same result, so this claim rests on somebody’s word. Whose:`}
      </p>
      <dl className="grid gap-2 text-ink-soft">
        <div>
          <dt className="text-ink">What ran: {grade.name}</dt>
          <dd>{grade.long}</dd>
        </div>
        <div>
          <dt className="text-ink">Who signed: {custody.name}</dt>
          <dd>{custody.long}</dd>
        </div>
      </dl>
      <p className="text-ink-soft">{SIGNATURE_MEANS}</p>
    </div>
  );
}
