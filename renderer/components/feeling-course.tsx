import { classNames } from './class-names.ts';
import styles from './feeling-course.module.css';
import type { Tone } from './tile-group.tsx';

export interface CoursePoint {
  id: string;
  /** −1…+1. */
  value: number;
  tone: Tone;
  /** Date and feeling, shown on hover. */
  title: string;
  /** Printed below the axis; the first, the last and what is far enough between. */
  date: string;
}

const WIDTH = 620;
const HEIGHT = 84;
const MARGIN = { side: 10, top: 10, bottom: 22 };

interface Place {
  x: number;
  y: number;
}

/** Where each point lies; contacts stand at equal steps, because their order matters more than the gaps. */
export function coursePlaces(values: readonly number[]): Place[] {
  const span = WIDTH - 2 * MARGIN.side;
  const height = HEIGHT - MARGIN.top - MARGIN.bottom;
  return values.map((value, index) => ({
    x: values.length === 1 ? WIDTH / 2 : MARGIN.side + (span * index) / (values.length - 1),
    y: MARGIN.top + ((1 - Math.min(1, Math.max(-1, value))) / 2) * height,
  }));
}

/** A smooth line through the places that never overshoots them: control points lie at equal height. */
export function coursePath(places: readonly Place[]): string {
  return places
    .map((place, index) => {
      const before = places[index - 1];
      if (before === undefined) return `M${place.x.toFixed(1)} ${place.y.toFixed(1)}`;
      const middle = ((before.x + place.x) / 2).toFixed(1);
      return `C${middle} ${before.y.toFixed(1)} ${middle} ${place.y.toFixed(1)} ${place.x.toFixed(1)} ${place.y.toFixed(1)}`;
    })
    .join('');
}

/** Which points carry a printed date: both ends, and at most three between. */
export function datedPoints(count: number): ReadonlySet<number> {
  const steps = Math.min(4, count - 1);
  return new Set(
    Array.from({ length: steps + 1 }, (_, step) =>
      steps === 0 ? 0 : Math.round((step * (count - 1)) / steps),
    ),
  );
}

interface FeelingCourseProps {
  points: readonly CoursePoint[];
  /** The course in words, for who cannot see it. */
  description: string;
}

/** The feeling of each contact, oldest first. */
export function FeelingCourse({ points, description }: FeelingCourseProps) {
  if (points.length < 2) return null;
  const places = coursePlaces(points.map((point) => point.value));
  const dated = datedPoints(points.length);
  const zero = coursePlaces([0])[0]?.y ?? 0;
  return (
    <svg
      className={styles['course']}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={description}
    >
      <line
        className={styles['zero']}
        x1={MARGIN.side}
        x2={WIDTH - MARGIN.side}
        y1={zero}
        y2={zero}
      />
      <path className={styles['line']} d={coursePath(places)} />
      {points.map((point, index) => {
        const place = places[index];
        if (place === undefined) return null;
        const last = index === points.length - 1;
        return (
          <g key={point.id}>
            <circle
              className={classNames(styles['point'], styles[point.tone], last && styles['last'])}
              cx={place.x}
              cy={place.y}
              r={last ? 4.5 : 3.5}
            >
              <title>{point.title}</title>
            </circle>
            {dated.has(index) ? (
              <text
                className={styles['date']}
                x={place.x}
                y={HEIGHT - 5}
                textAnchor={index === 0 ? 'start' : last ? 'end' : 'middle'}
                dx={index === 0 ? -4 : last ? 4 : 0}
              >
                {point.date}
              </text>
            ) : null}
          </g>
        );
      })}
    </svg>
  );
}
