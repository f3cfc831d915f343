import type { Now } from '../clock.ts';
import type { SubjectHandlers } from '../connection/handlers.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import type { Publish } from '../events/event-bus.ts';
import { Refusal } from '../refusal.ts';

interface QuestionsDependencies {
  database: DeskDatabase;
  now: Now;
  publish: Publish;
}

/** What customers asked and nobody has answered yet. An agent says when it is answered. */
export function createQuestions({ database, now, publish }: QuestionsDependencies) {
  const one = database.query<{ customer_id: string | null; answered_at: number | null }>(
    'SELECT customer_id, answered_at FROM questions WHERE id = ?',
  );
  const answer = database.query('UPDATE questions SET answered_at = ? WHERE id = ?');

  const handlers: SubjectHandlers<'questions'> = {
    /** Saying it twice is harmless: the first time stands. */
    settle({ questionId }) {
      const question = one.get(questionId);
      if (!question) throw new Refusal('NOT_FOUND', { what: 'question', id: questionId });
      if (question.answered_at !== null) return {};
      answer.run(now(), questionId);
      if (question.customer_id !== null)
        publish({ type: 'customers.changed', customerId: question.customer_id });
      return {};
    },
  };
  return { handlers };
}
