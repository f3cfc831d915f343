// What the window may ask core for, without a word about how the answer travels.
import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type { Contract } from '../../preload/contract/contract.ts';

type Inputs = InferContractRouterInputs<Contract>;
type Outputs = InferContractRouterOutputs<Contract>;

type NotForScreens = 'open' | 'events' | 'ping';

/** One method: rejects with a CoreError and with nothing else. */
type CoreMethod<Input, Output> = undefined extends Input
  ? (input?: Input) => Promise<Output>
  : (input: Input) => Promise<Output>;

type CoreMethods = {
  [S in keyof Contract]: {
    [P in Exclude<keyof Contract[S], S extends 'session' ? NotForScreens : never>]: CoreMethod<
      Inputs[S][P & keyof Inputs[S]],
      Outputs[S][P & keyof Outputs[S]]
    >;
  };
};

/** The methods of core, by subject: `core.calls.append({events})`. */
export type Core = Omit<CoreMethods, 'session'>;

export type CoreOutput<S extends keyof Contract, P extends keyof Contract[S]> = Outputs[S][P &
  keyof Outputs[S]];

/** What core says when a window claims the desk. */
export type Opening = CoreOutput<'session', 'open'>;
