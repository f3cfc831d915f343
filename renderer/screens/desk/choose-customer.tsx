// Lets the agent say whose call it is: somebody from the book, or somebody new.
import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useCustomerSearch } from '../../core-client/customer-queries.ts';
import { useCore } from '../../core-client/queries.ts';
import { useDesk } from '../../desk-state/desk-context.ts';
import { useFormats, useShownNumber } from '../../language/use-formats.ts';
import { CustomerChoices } from './customer-choices.tsx';
import { useAct } from './use-act.ts';
import styles from './who-is-it.module.css';

/** Gives a call to a customer; what the card shows follows from core's answer. */
export function useAssign(callId: string) {
  const core = useCore();
  const { contexts } = useDesk();
  const { act, busy, problem } = useAct();
  const assign = async (customerId: string | null, confirm: boolean) =>
    contexts.set(callId, await core.calls.assignCustomer({ callId, customerId, confirm }));
  return {
    busy,
    problem,
    /** `confirm` also teaches the number to the customer's record. */
    assign: (customerId: string | null, confirm: boolean) => act(() => assign(customerId, confirm)),
    /** Takes back what choosing that customer for this number had taught the desk. */
    forgetNumber: (customerId: string) =>
      act(async () => contexts.set(callId, await core.calls.forgetNumber({ callId, customerId }))),
    create: (name: string, number: string | null) =>
      act(async () => {
        const numbers = number === null ? [] : [number];
        const made = await core.customers.create({ name, numbers });
        await assign(made.id, number !== null);
      }),
  };
}

function FoundCustomers({
  busy,
  onChoose,
}: {
  busy: boolean;
  onChoose: (customerId: string) => void;
}) {
  const { t } = useLingui();
  const formats = useFormats();
  const shownNumber = useShownNumber();
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const [text, setText] = useState('');
  const { data } = useCustomerSearch(text);
  useEffect(() => field.current?.focus(), []);
  const hits = text.trim() === '' ? [] : (data ?? []).slice(0, 5);
  return (
    <>
      <TextField
        label={t`Find the customer`}
        placeholder={t`Name, company or number`}
        value={text}
        onChange={setText}
        maxLength={200}
        autoComplete="off"
        inputRef={field}
      />
      {hits.length === 0 ? null : (
        <CustomerChoices
          label={t`Found`}
          hits={hits}
          busy={busy}
          onChoose={onChoose}
          details={(hit) => [
            hit.company,
            hit.city,
            hit.number === null ? null : shownNumber(hit.number),
            hit.lastContactAt === null ? null : formats.relative(hit.lastContactAt),
          ]}
        />
      )}
      {text.trim() !== '' && data?.length === 0 ? (
        <p className={styles['soft']} role="status">
          <Trans>Nobody found. Try another spelling, or create the customer.</Trans>
        </p>
      ) : null}
    </>
  );
}

function NewCustomer({
  suggested,
  busy,
  onCreate,
}: {
  suggested: string;
  busy: boolean;
  onCreate: (name: string) => void;
}) {
  const { t } = useLingui();
  const [name, setName] = useState(suggested);
  return (
    <form
      className={styles['create']}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') onCreate(name.trim());
      }}
    >
      <TextField
        label={t`Name`}
        value={name}
        onChange={setName}
        maxLength={200}
        autoComplete="off"
      />
      <Button
        type="submit"
        variant="primary"
        size="small"
        isDisabled={name.trim() === ''}
        isPending={busy}
      >
        <Trans>Create</Trans>
      </Button>
    </form>
  );
}

interface ChooseCustomerProps {
  busy: boolean;
  /** The name that signalling shows, to begin a new record with. */
  suggested: string;
  onChoose: (customerId: string) => void;
  onCreate: (name: string) => void;
  /** Begins with the search; without, with two buttons. */
  searching?: boolean;
  onClose?: () => void;
  /** Takes the customer away again, where that is a choice. */
  onNobody?: (() => void) | undefined;
}

/** Find somebody in the book, or create somebody: one at a time. */
export function ChooseCustomer(props: ChooseCustomerProps) {
  const [way, setWay] = useState<'find' | 'create' | null>(
    props.searching === true ? 'find' : null,
  );
  const close = () => {
    setWay(null);
    props.onClose?.();
  };
  return (
    <div className={styles['create']}>
      {way === 'find' ? <FoundCustomers busy={props.busy} onChoose={props.onChoose} /> : null}
      {way === 'create' ? (
        <NewCustomer suggested={props.suggested} busy={props.busy} onCreate={props.onCreate} />
      ) : null}
      <div className={styles['actions']}>
        {way === 'find' ? null : (
          <Button size="small" onPress={() => setWay('find')}>
            <Trans>Find in the book</Trans>
          </Button>
        )}
        {way === 'create' ? null : (
          <Button size="small" onPress={() => setWay('create')}>
            <Trans>Create a customer</Trans>
          </Button>
        )}
        {props.onNobody === undefined ? null : (
          <Button size="small" isDisabled={props.busy} onPress={props.onNobody}>
            <Trans>Not known yet</Trans>
          </Button>
        )}
        {way === null ? null : (
          <Button size="small" variant="quiet" onPress={close}>
            <Trans>Not now</Trans>
          </Button>
        )}
      </div>
    </div>
  );
}

interface SomebodyElseProps {
  callId: string;
  /** Whose call it is now, or null. */
  customerId: string | null;
  /** What a new record begins with. */
  number: string | null;
  display: string | null;
  /** Stands beside the button. */
  beside?: ReactNode;
  /** Lets the agent say that nobody is known yet. */
  clearing?: boolean;
}

/** One quiet button that opens the choice, for a call that has its customer or is over already. */
export function SomebodyElse(props: SomebodyElseProps) {
  const { callId, customerId, number, display, beside, clearing = false } = props;
  const { busy, problem, assign, create } = useAssign(callId);
  const [open, setOpen] = useState(false);
  const done = () => setOpen(false);
  return (
    <div className={styles['box']}>
      {open ? (
        <ChooseCustomer
          searching
          busy={busy}
          suggested={customerId === null ? (display ?? '') : ''}
          onClose={done}
          onNobody={
            clearing && customerId !== null
              ? () => {
                  assign(null, false);
                  done();
                }
              : undefined
          }
          onChoose={(chosen) => {
            // A number that is somebody's already is not taught to a second person unasked.
            assign(chosen, customerId === null);
            done();
          }}
          onCreate={(name) => {
            create(name, customerId === null ? number : null);
            done();
          }}
        />
      ) : (
        <div className={styles['actions']}>
          {beside}
          <Button
            size="small"
            variant={beside === undefined ? 'link' : 'quiet'}
            isDisabled={busy}
            onPress={() => setOpen(true)}
          >
            {customerId === null ? <Trans>Who was it?</Trans> : <Trans>Somebody else</Trans>}
          </Button>
        </div>
      )}
      {problem === null ? null : <Notice tone="problem">{problem}</Notice>}
    </div>
  );
}
