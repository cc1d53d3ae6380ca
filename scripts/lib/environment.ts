/** Environment variables: what a program is given. */
export type Variables = Record<string, string | undefined>;

/** For `spawn`. Next declares NODE_ENV as always set, which holds inside the app only. */
export const forSpawn = (variables: Variables): NodeJS.ProcessEnv => variables as NodeJS.ProcessEnv;
