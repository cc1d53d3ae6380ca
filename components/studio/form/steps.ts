import type { ComponentType } from 'react';
import type { Problems } from './problems';
import { StepEndpoint } from './step-endpoint';
import { StepParameters } from './step-parameters';
import { StepPrice } from './step-price';
import type { StepProps } from './step-props';
import { StepRights } from './step-rights';
import { StepWhat } from './step-what';

type Step = { name: string; title: string; View: ComponentType<StepProps>; fields: string[] };

/** The form, step by step; `fields` are the paths that each can mend. */
export const STEPS: Step[] = [
  { name: 'What', title: 'What it is', View: StepWhat, fields: ['name', 'tagline', 'description', 'changelog', 'kind'] },
  { name: 'Where', title: 'Where it runs', View: StepEndpoint, fields: ['deployment', 'signerAddress', 'signerCustody', 'seedKind'] },
  { name: 'Parameters', title: 'What can be set', View: StepParameters, fields: ['parameters'] },
  { name: 'Price', title: 'What it costs', View: StepPrice, fields: ['price'] },
  {
    name: 'Rights',
    title: 'Rights and claims',
    View: StepRights,
    fields: ['licence', 'upstreamLicences', 'trainingData', 'derivativeShareBps', 'weights', 'reproducibility'],
  },
];

const fieldOf = (path: string) => path.split('.')[0] ?? '';
export const problemsOf = (step: number, problems: Problems): Problems =>
  Object.fromEntries(Object.entries(problems).filter(([path]) => STEPS[step]?.fields.includes(fieldOf(path))));

/** The first step that has something to mend; -1 where none has. */
export const firstWrong = (problems: Problems): number => STEPS.findIndex((_, step) => Object.keys(problemsOf(step, problems)).length > 0);
