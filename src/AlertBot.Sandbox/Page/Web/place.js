import { make } from './dom.js';

// A sandbox never asks where its user really is.
export const places = [
  ['Almaty', 43.23892, 76.88971],
  ['Ankara', 39.92077, 32.85411],
  ['Astana', 51.16942, 71.44908],
  ['Berlin', 52.52001, 13.40495],
  ['Bishkek', 42.87462, 74.56976],
  ['Nukus', 42.45306, 59.61028],
  ['Tashkent', 41.29949, 69.24007],
  ['Vienna', 48.20817, 16.37382],
  ['Warsaw', 52.22968, 21.01223],
];

/** @returns the place that somebody chose, or null */
export function askForPlace(zone) {
  const dialog = document.getElementById('place');
  const [form, choice, latitude, longitude] = ['form', '#place-name', '#place-latitude', '#place-longitude']
    .map((selector) => dialog.querySelector(selector));
  if (choice.options.length === 0) choice.append(...places.map(([name]) => make('option', {}, name)));
  const city = zone.split('/').at(-1);
  choice.value = places.some(([name]) => name === city) ? city : 'Astana';
  const fill = () => {
    const [, north, east] = places.find(([name]) => name === choice.value);
    latitude.value = north;
    longitude.value = east;
  };
  fill();

  return new Promise((resolve) => {
    const opened = new AbortController();
    const { signal } = opened;
    const close = (place) => {
      opened.abort();
      dialog.close();
      resolve(place);
    };
    choice.addEventListener('change', fill, { signal });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      close({ latitude: latitude.valueAsNumber, longitude: longitude.valueAsNumber });
    }, { signal });
    dialog.querySelector('#place-cancel').addEventListener('click', () => close(null), { signal });
    dialog.addEventListener('cancel', () => close(null), { signal });
    dialog.showModal();
  });
}
