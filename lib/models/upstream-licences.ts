/** Terms of what a model was made from: whether access to it may be sold, whether its outputs may, and what derived models must be under. */
export type UpstreamLicence = {
  id: string;
  name: string;
  url: string;
  sellAccess: boolean;
  sellOutputs: boolean;
  shareAlike: boolean;
  /** What its maker asks of whoever trains a model on its outputs, as a file says it; null where the licence asks nothing. */
  training: string | null;
};

const OPEN = { sellAccess: true, sellOutputs: true, shareAlike: false, training: null } as const;

/**
 * Licences that models are commonly made from. The ids are SPDX's where it has one. What each says of training is read of its text, at the place and
 * in the copy that the comment names; a maker may have a newer one.
 */
export const UPSTREAM_LICENCES: readonly UpstreamLicence[] = [
  // Both are about copies of the software, and say nothing of what it makes.
  { id: 'MIT', name: 'MIT', url: 'https://spdx.org/licenses/MIT.html', ...OPEN },
  { id: 'Apache-2.0', name: 'Apache 2.0', url: 'https://spdx.org/licenses/Apache-2.0.html', ...OPEN },
  {
    ...OPEN,
    id: 'LicenseRef-OpenRAIL-M',
    name: 'CreativeML Open RAIL-M and OpenRAIL++-M (Stable Diffusion 1, 2, XL)',
    url: 'https://huggingface.co/spaces/CompVis/stable-diffusion-license',
    // Section III, 6: "No use of the output can contravene any provision as stated in the License"; 5 counts training as a use.
    // Read of SDXL's, 26 July 2023, in github.com/invoke-ai/InvokeAI, LICENSE-SDXL.txt.
    training: 'within the use restrictions of Open RAIL-M, attachment A, which its outputs are under',
  },
  {
    ...OPEN,
    id: 'LicenseRef-FLUX-dev',
    name: 'FLUX.1 [dev] Non-Commercial',
    url: 'https://huggingface.co/black-forest-labs/FLUX.1-dev/blob/main/LICENSE.md',
    sellAccess: false,
    // 2.d: "You may not use the Output to train, fine-tune or distill a model that is competitive with the FLUX.1 [dev] Model."
    // github.com/black-forest-labs/flux, model_licenses/LICENSE-FLUX1-dev; later texts add Kontext.
    training: 'no training of a model that competes with FLUX.1 [dev] (its licence, 2.d)',
  },
  {
    ...OPEN,
    id: 'LicenseRef-Llama-3-Community',
    name: 'Llama 3 Community (3.0, April 2024)',
    url: 'https://www.llama.com/llama3/license/',
    // 1.b.v: "You will not use the Llama Materials or any output or results of the Llama Materials to improve any other large language model".
    // github.com/meta-llama/llama3, LICENSE.
    training: 'no improving of another large language model than Llama 3 (its licence, 1.b.v)',
  },
  {
    ...OPEN,
    id: 'LicenseRef-Llama-3.1-Community',
    name: 'Llama 3.1 to 3.3 Community',
    url: 'https://www.llama.com/llama3_1/license/',
    // 1.b.i: whoever uses "any outputs or results" to train a model that is made available "shall also include “Llama” at the beginning of any such AI model
    // name"; 3.0's 1.b.v is gone. github.com/meta-llama/llama-models, models/llama3_1/LICENSE and models/llama3_3/LICENSE.
    training: 'a model trained on it, if made available, has a name that begins with Llama (Llama’s licence, 1.b.i)',
  },
  {
    ...OPEN,
    id: 'LicenseRef-Stability-Community',
    name: 'Stability AI Community (below US$1M revenue)',
    url: 'https://stability.ai/license',
    // IV.b: neither the models "or any output or results" are used "to create or improve any foundational generative AI model (excluding the Models or
    // Derivative Works)". Of 5 July 2024, read of the copy on the page of huggingface.co/stabilityai/stable-video-diffusion-img2vid-xt-1-1.
    training: 'no creating or improving of a foundational generative model that is not Stability AI’s or made from one (its licence, IV.b)',
  },
  // Creative Commons' licences are about the licensed material and adaptations of it. Of what a program makes they say nothing, so nothing is asked; what Creative
  // Commons itself thinks of both is on creativecommons.org/using-cc-licensed-works-for-ai-training-2 (unsettled, case by case).
  { ...OPEN, id: 'CC-BY-4.0', name: 'CC BY 4.0', url: 'https://creativecommons.org/licenses/by/4.0/' },
  { ...OPEN, id: 'CC-BY-SA-4.0', name: 'CC BY-SA 4.0', url: 'https://creativecommons.org/licenses/by-sa/4.0/', shareAlike: true },
  {
    ...OPEN,
    id: 'CC-BY-NC-4.0',
    name: 'CC BY-NC 4.0',
    url: 'https://creativecommons.org/licenses/by-nc/4.0/',
    sellAccess: false,
    sellOutputs: false,
  },
  { ...OPEN, id: 'LicenseRef-own', name: 'My own, nothing upstream', url: '' },
];

export const upstreamOf = (id: string): UpstreamLicence | undefined => UPSTREAM_LICENCES.find((licence) => licence.id === id);
