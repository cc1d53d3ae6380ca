/** A kind of endpoint, as its creator chooses it. Safe in the browser; the adapters themselves are in `adapters/`. */
export type Provider = {
  id: string;
  name: string;
  /** What the creator needs at hand. */
  needs: string;
  kinds: ('image' | 'text')[];
  url: { label: string; example: string } | null;
  reference: { label: string; example: string };
  secret: { label: string; required: boolean } | null;
  webhookSecret: boolean;
  /** What the endpoint has to say it ran; null where its kind never says. */
  mustReport: { label: string; example: string } | null;
  seedKind: 'exact' | 'none';
  /** The best claim its answers can carry (protocol.md: B weights hash reported, C version reported, D self-declared). */
  reproducibility: 'B' | 'C' | 'D';
  /** Whether the version's key can be beside the model. */
  creatorCustody: boolean;
};

const PROVIDER_LIST = [
  {
    id: 'signed-http',
    name: 'My own server',
    needs: 'A server that speaks our contract; the reference server takes five minutes.',
    kinds: ['image', 'text'],
    url: { label: 'Address of the server', example: 'https://model.example.com' },
    reference: { label: 'What the server calls the model', example: 'default' },
    secret: null,
    webhookSecret: false,
    mustReport: null,
    seedKind: 'exact',
    reproducibility: 'B',
    creatorCustody: true,
  },
  {
    id: 'replicate',
    name: 'Replicate',
    needs: 'A model on Replicate and an API token.',
    kinds: ['image'],
    url: null,
    reference: { label: 'Version id, or owner/name', example: '8beff3369e81422112d93b89ca01426147de542cd4684c244b673b105188fe5f' },
    secret: { label: 'API token', required: true },
    webhookSecret: true,
    mustReport: { label: 'Version id it must report', example: '8beff3369e81…' },
    seedKind: 'exact',
    reproducibility: 'C',
    creatorCustody: false,
  },
  {
    id: 'fal',
    name: 'fal',
    needs: 'An app on fal and a key.',
    kinds: ['image'],
    url: null,
    reference: { label: 'App', example: 'fal-ai/flux/dev' },
    secret: { label: 'Key', required: true },
    webhookSecret: false,
    mustReport: null,
    seedKind: 'exact',
    reproducibility: 'D',
    creatorCustody: false,
  },
  {
    id: 'openai-images',
    name: 'OpenAI images, or a compatible server',
    needs: 'An API key; the address of the server when it is not OpenAI’s.',
    kinds: ['image'],
    url: { label: 'Address, empty for OpenAI’s own', example: 'https://images.example.com' },
    reference: { label: 'Model', example: 'gpt-image-1' },
    secret: { label: 'API key', required: true },
    webhookSecret: false,
    mustReport: null,
    seedKind: 'none',
    reproducibility: 'D',
    creatorCustody: false,
  },
  {
    id: 'automatic1111',
    name: 'Stable Diffusion (AUTOMATIC1111)',
    needs: 'A server started with --api, reachable by https.',
    kinds: ['image'],
    url: { label: 'Address of the server', example: 'https://sd.example.com' },
    reference: { label: 'Checkpoint', example: 'sd_xl_base_1.0.safetensors' },
    secret: { label: 'user:password of --api-auth', required: false },
    webhookSecret: false,
    mustReport: { label: 'Checkpoint hash it must report', example: '31e35c80fc' },
    seedKind: 'exact',
    reproducibility: 'B',
    creatorCustody: false,
  },
  {
    id: 'comfyui',
    name: 'ComfyUI',
    needs: 'A server reachable by https, and a workflow in API format.',
    kinds: ['image'],
    url: { label: 'Address of the server', example: 'https://comfy.example.com' },
    reference: { label: 'Name of the workflow', example: 'portrait-v2' },
    secret: { label: 'Bearer token', required: false },
    webhookSecret: false,
    mustReport: { label: 'Checkpoint file it must report', example: 'dreamshaper_8.safetensors' },
    seedKind: 'exact',
    reproducibility: 'D',
    creatorCustody: false,
  },
  {
    id: 'hugging-face',
    name: 'Hugging Face endpoint',
    needs: 'An inference endpoint and a token.',
    kinds: ['image'],
    url: { label: 'Address of the endpoint', example: 'https://x1y2z3.us-east-1.aws.endpoints.huggingface.cloud' },
    reference: { label: 'Repository and revision', example: 'stabilityai/stable-diffusion-xl-base-1.0@462165984030' },
    secret: { label: 'Token', required: true },
    webhookSecret: false,
    mustReport: null,
    seedKind: 'exact',
    reproducibility: 'D',
    creatorCustody: false,
  },
  {
    id: 'openai-chat',
    name: 'Chat model (OpenAI-compatible)',
    needs: 'A Llama-class model behind /v1/chat/completions.',
    kinds: ['text'],
    url: { label: 'Address of the server', example: 'https://llm.example.com' },
    reference: { label: 'Model', example: 'meta-llama/Llama-3.1-8B-Instruct' },
    secret: { label: 'API key', required: false },
    webhookSecret: false,
    mustReport: { label: 'Model it must report', example: 'meta-llama/Llama-3.1-8B-Instruct' },
    seedKind: 'exact',
    reproducibility: 'C',
    creatorCustody: false,
  },
] as const satisfies readonly Provider[];

export const PROVIDERS: readonly Provider[] = PROVIDER_LIST;
export type ProviderId = (typeof PROVIDER_LIST)[number]['id'];
export const PROVIDER_IDS = PROVIDER_LIST.map(({ id }) => id) as [ProviderId, ...ProviderId[]];
export const providerOf = (id: string): Provider | undefined => PROVIDERS.find((provider) => provider.id === id);
