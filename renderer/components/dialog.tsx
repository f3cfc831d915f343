import { useLingui } from '@lingui/react/macro';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { IconButton } from './button.tsx';
import { classNames } from './class-names.ts';
import styles from './dialog.module.css';

interface DialogProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  /** Buttons that end it, the usual one last. */
  actions?: ReactNode;
  /** `drawer` comes from the left edge. */
  shape?: 'box' | 'wide' | 'drawer';
  /** For something that must be answered. */
  role?: 'dialog' | 'alertdialog';
}

/** A question or a sheet before everything else; Escape closes it and gives the focus back. */
export function Dialog(props: DialogProps) {
  const { t } = useLingui();
  const shape = props.shape ?? 'box';
  return (
    <ModalOverlay
      className={classNames(styles['veil'], styles[`${shape}Veil`])}
      isOpen={props.isOpen}
      onOpenChange={(open) => {
        if (!open) props.onClose();
      }}
      isDismissable={props.role !== 'alertdialog'}
    >
      <Modal className={classNames(styles['modal'], styles[shape])}>
        <AriaDialog className={styles['dialog'] ?? ''} role={props.role ?? 'dialog'}>
          <header className={styles['head']}>
            <Heading slot="title" level={2} className={styles['title'] ?? ''}>
              {props.title}
            </Heading>
            <IconButton
              label={t`Close`}
              keys="Esc"
              icon={<X aria-hidden="true" />}
              onPress={props.onClose}
            />
          </header>
          <div className={styles['body']}>{props.children}</div>
          {props.actions == null ? null : (
            <footer className={styles['actions']}>{props.actions}</footer>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
