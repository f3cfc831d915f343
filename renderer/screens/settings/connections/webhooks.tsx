import { Trans, useLingui } from '@lingui/react/macro';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import {
  type Delivery,
  WEBHOOK_EVENTS,
  type Webhook,
  type WebhookEvent,
} from '../../../../preload/contract/api.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { Notice } from '../../../components/notice.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { Checkbox } from '../../../components/toggle.tsx';
import { useCore } from '../../../core-client/queries.ts';
import { useFormats } from '../../../language/use-formats.ts';
import {
  deliveryProblemInWords,
  pauseInWords,
  webhookEventInWords,
} from '../../../language/words/connections.ts';
import styles from './connections.module.css';
import { DeliveryLog } from './delivery-log.tsx';
import { Part } from './part.tsx';
import { SecretDialog } from './secret-dialog.tsx';
import { useConnectionWork } from './use-connection-work.ts';

/** Which systems are told what, and whether it arrived. */
export function Webhooks({
  webhooks,
  privateTargets,
}: {
  webhooks: readonly Webhook[];
  privateTargets: boolean;
}) {
  const { t } = useLingui();
  const [adding, setAdding] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <Part
      title={t({ message: 'Webhooks', comment: 'Settings' })}
      about={t`The desk tells other systems what happens. Notes stay here; each message is signed, and what does not arrive is sent again for a day.`}
    >
      {webhooks.length === 0 ? (
        <p className={styles['soft']}>
          <Trans>No system is told anything.</Trans>
        </p>
      ) : (
        <ul className={styles['list']} aria-label={t`Systems that are told`}>
          {webhooks.map((webhook) => (
            <Told key={webhook.webhookId} webhook={webhook} />
          ))}
        </ul>
      )}
      <div className={styles['buttons']}>
        <Button icon={<Plus aria-hidden="true" />} onPress={() => setAdding(true)}>
          <Trans>New webhook</Trans>
        </Button>
      </div>
      {adding ? (
        <NewWebhook
          privateTargets={privateTargets}
          onClose={() => setAdding(false)}
          onAdded={(made) => {
            setAdding(false);
            setSecret(made);
          }}
        />
      ) : null}
      {secret === null ? null : (
        <SecretDialog
          title={t`The new webhook`}
          secrets={[{ label: t`Secret for checking the signature`, secret }]}
          onClose={() => setSecret(null)}
        />
      )}
    </Part>
  );
}

function Told({ webhook }: { webhook: Webhook }) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const core = useCore();
  const { busy, problem, run } = useConnectionWork();
  const [tested, setTested] = useState<Delivery | null>(null);
  const [open, setOpen] = useState(false);
  const { webhookId, name, state, pausedReason, waiting, lastDeliveredAt } = webhook;
  const paused = state === 'paused';
  const change = (next: Webhook['state']) =>
    void run(() => core.connections.setWebhookState({ webhookId, state: next }));
  const test = async () => {
    setTested(await run(() => core.connections.testWebhook({ webhookId })));
  };
  const trouble = tested === null ? null : deliveryProblemInWords(i18n, tested);
  return (
    <li className={styles['part']}>
      <div className={styles['row']}>
        <span className={styles['what']}>
          <span className={styles['name']}>{name}</span>
          <span>{webhook.url}</span>
          <span className={styles['soft']}>
            {webhook.events.map((type) => webhookEventInWords(i18n, type)).join(', ')}
          </span>
          <span className={styles['soft']}>
            {[
              lastDeliveredAt === null
                ? t`nothing arrived yet`
                : t`last arrived ${formats.relative(lastDeliveredAt)}`,
              waiting === 0 ? null : t`waiting: ${waiting}`,
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </span>
        <span className={styles['buttons']}>
          <Button
            size="small"
            isPending={busy}
            label={t`Send a test to ${name}`}
            onPress={() => void test()}
          >
            <Trans>Send a test</Trans>
          </Button>
          <Button size="small" label={t`Log of ${name}`} onPress={() => setOpen(!open)}>
            {t({ message: 'Log', comment: 'Button: deliveries of a webhook' })}
          </Button>
          <Button
            size="small"
            label={paused ? t`Resume ${name}` : t`Pause ${name}`}
            onPress={() => change(paused ? 'active' : 'paused')}
          >
            {paused
              ? t({ message: 'Resume', comment: 'Button: a webhook goes on' })
              : t({ message: 'Pause', comment: 'Button: a webhook rests' })}
          </Button>
          <Button
            size="small"
            label={t`Remove ${name}`}
            onPress={() => void run(() => core.connections.removeWebhook({ webhookId }))}
          >
            <Trans>Remove</Trans>
          </Button>
        </span>
      </div>
      {pausedReason === null ? null : (
        <Notice tone={pausedReason === 'agent' ? 'info' : 'caution'} announce>
          {pauseInWords(i18n, pausedReason)}
        </Notice>
      )}
      {problem === null ? null : (
        <Notice tone="problem">
          <Trans>That did not work. Try again in a moment.</Trans>
        </Notice>
      )}
      <p role="status" className={styles['soft']}>
        {tested === null ? null : trouble === null ? (
          <Trans>The test has arrived.</Trans>
        ) : (
          <Trans>The test did not arrive: {trouble}.</Trans>
        )}
      </p>
      {open ? <DeliveryLog webhookId={webhookId} name={name} /> : null}
    </li>
  );
}

interface NewWebhookProps {
  privateTargets: boolean;
  onClose: () => void;
  onAdded: (secret: string) => void;
}

function NewWebhook({ privateTargets, onClose, onAdded }: NewWebhookProps) {
  const { t, i18n } = useLingui();
  const core = useCore();
  const { busy, problem, run } = useConnectionWork();
  const [name, setName] = useState('');
  const [url, setUrl] = useState('');
  const [events, setEvents] = useState<readonly WebhookEvent[]>(['call.ended', 'wrapup.saved']);
  const address = url.trim();
  const isHttps = /^https:\/\/[^\s@#]+$/iu.test(address);
  const fits = isHttps || (privateTargets && /^http:\/\/[^\s@#]+$/iu.test(address));
  const ready = name.trim() !== '' && fits && events.length > 0;
  const add = async () => {
    const made = await run(() =>
      core.connections.addWebhook({ name: name.trim(), url: address, events: [...events] }),
    );
    if (made) onAdded(made.secret);
  };
  return (
    <Dialog
      title={t`New webhook`}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button variant="primary" isDisabled={!ready} isPending={busy} onPress={() => void add()}>
            <Trans>Add webhook</Trans>
          </Button>
        </>
      }
    >
      <Part
        title={t`New webhook`}
        about={t`The customer’s name and number travel with it.`}
        problem={problem}
      >
        <TextField
          label={t`Name of the system`}
          value={name}
          onChange={setName}
          maxLength={200}
          autoFocus
        />
        <TextField
          label={t`Address of the receiver`}
          type="url"
          value={url}
          onChange={setUrl}
          maxLength={1_000}
          spellCheck={false}
          description={
            privateTargets
              ? t`Your organisation allows private addresses.`
              : t`A public address that begins with https.`
          }
          error={
            address === '' || fits ? null : t`Enter an address such as https://crm.example/hook.`
          }
        />
        <fieldset className={styles['boxes']}>
          <legend>
            <Trans>What it is told</Trans>
          </legend>
          {WEBHOOK_EVENTS.map((type) => (
            <Checkbox
              key={type}
              isSelected={events.includes(type)}
              onChange={(on) =>
                setEvents(
                  WEBHOOK_EVENTS.filter((each) => (each === type ? on : events.includes(each))),
                )
              }
            >
              {webhookEventInWords(i18n, type)}
            </Checkbox>
          ))}
        </fieldset>
      </Part>
    </Dialog>
  );
}
