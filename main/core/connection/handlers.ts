// What a subject gives to the connection: one plain function for each procedure of the contract.
import type { ContractProcedure, InferSchemaInput, InferSchemaOutput } from '@orpc/contract';
import type { Contract } from '../../../preload/contract/contract.ts';

/** One window's connection. */
export interface Link {
  id: number;
  /** Set once the window has claimed the desk over this link. */
  windowId: string | null;
  /** Aborts when the connection is gone. */
  closed: AbortSignal;
}

type HandlerOf<P> =
  P extends ContractProcedure<infer In, infer Out, infer _Errors, infer _Meta>
    ? (
        input: InferSchemaOutput<In>,
        link: Link,
      ) => InferSchemaInput<Out> | Promise<InferSchemaInput<Out>>
    : never;

export type Handlers = {
  [Subject in keyof Contract]: {
    [Method in keyof Contract[Subject]]: HandlerOf<Contract[Subject][Method]>;
  };
};

/** The handlers of one subject, for example `SubjectHandlers<'calls'>`. */
export type SubjectHandlers<Subject extends keyof Contract> = Handlers[Subject];
