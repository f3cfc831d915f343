import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { useCore } from '../../core-client/queries.ts';
import { useFormats } from '../../language/use-formats.ts';
import { importStateInWords } from '../../language/words/exchange.ts';
import { coreProblemInWords } from '../../language/words/problems.ts';
import styles from './import-screen.module.css';

interface EarlierImportsProps {
  /** The one whose report is open. */
  shown: string | null;
  onShow: (importId: string) => void;
}

/** What was imported before; each can be looked at and undone. */
export function EarlierImports({ shown, onShow }: EarlierImportsProps) {
  const { t, i18n } = useLingui();
  const core = useCore();
  const formats = useFormats();
  const { data, error } = useQuery({
    queryKey: ['imports'],
    queryFn: () => core.exchange.imports(),
  });
  if (error) return <Notice tone="problem">{coreProblemInWords(i18n, error.problem)}</Notice>;
  if (data === undefined || data.length === 0) return null;
  return (
    <Panel name={t`Earlier imports`}>
      <ul className={styles['earlier']}>
        {data.map((one) => {
          const count = i18n.number(one.created + one.updated);
          return (
            <li key={one.id}>
              <span className={styles['fileName']}>{one.fileName}</span>
              <span className={styles['soft']}>{formats.moment(one.startedAt)}</span>
              <span className={styles['soft']}>
                <Trans>{count} imported</Trans>
              </span>
              <span>{importStateInWords(i18n, one.state)}</span>
              <Button
                size="small"
                isDisabled={one.id === shown}
                label={t`Show report of ${one.fileName}`}
                onPress={() => onShow(one.id)}
              >
                <Trans>Show report</Trans>
              </Button>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
