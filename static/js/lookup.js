/* The look-up as a combobox (ARIA 1.2): the input keeps the focus, the hits are
   options of a listbox, arrows move, Enter opens, Esc clears; Shift+Enter notes a
   wish and Ctrl+Enter checks in, where the page offers them ([data-lookup-way]). htmx fetches the
   hits; without script the same form is an ordinary POST.

   Markup: form[data-lookup] with an input[role=combobox] and an element
   [data-lookup-hits] that takes the answer. The answer holds at most one
   [role=listbox] with [role=option] links, and [data-lookup-say] for the ear. */
(() => {
  'use strict';

  const parts = (el) => {
    const form = el instanceof Element ? el.closest('[data-lookup]') : null;
    if (!form) return null;
    return {
      form,
      input: form.querySelector('input[role="combobox"]'),
      hits: form.querySelector('[data-lookup-hits]'),
      live: form.querySelector('[data-lookup-live]'),
    };
  };
  const options = (p) => [...p.hits.querySelectorAll('[role="option"]')];
  /* Hits belong to the words they answered; Enter must not open an old one. */
  const fresh = (p) => p.hits.dataset.for === p.input.value;

  const select = (p, option) => {
    for (const o of options(p)) o.setAttribute('aria-selected', String(o === option));
    if (option) {
      p.input.setAttribute('aria-activedescendant', option.id);
      option.scrollIntoView({ block: 'nearest' });
    } else {
      p.input.removeAttribute('aria-activedescendant');
    }
    /* The ways beside opening the card lead to whoever is chosen. */
    for (const way of document.querySelectorAll('[data-lookup-way]')) {
      way.hidden = !option;
      if (option) way.href = option.getAttribute('href') + way.dataset.lookupWay;
    }
  };

  const settle = (p) => {
    const list = p.hits.querySelector('[role="listbox"]');
    const all = options(p);
    all.forEach((o, i) => {
      if (!o.id) o.id = p.input.id + '-hit-' + i;
      o.tabIndex = -1;
    });
    p.input.setAttribute('aria-expanded', String(all.length > 0));
    if (list && list.id) p.input.setAttribute('aria-controls', list.id);
    else p.input.removeAttribute('aria-controls');
    select(p, all[0] || null);
    const words = p.hits.querySelector('[data-lookup-say]');
    if (p.live) p.live.textContent = words ? words.textContent : '';
  };

  const clear = (p) => {
    if (window.htmx) window.htmx.trigger(p.input, 'htmx:abort');
    p.input.value = '';
    p.hits.replaceChildren();
    delete p.hits.dataset.for;
    settle(p);
  };

  const move = (p, key) => {
    const all = options(p);
    if (!all.length) return false;
    const at = all.findIndex((o) => o.getAttribute('aria-selected') === 'true');
    const to = {
      ArrowDown: (at + 1) % all.length,
      ArrowUp: (at <= 0 ? all.length : at) - 1,
      Home: 0,
      End: all.length - 1,
    }[key];
    select(p, all[to]);
    return true;
  };

  document.addEventListener('keydown', (e) => {
    const p = parts(e.target);
    if (!p || e.target !== p.input || e.isComposing) return;
    if (e.key === 'Enter' && (e.ctrlKey || e.shiftKey)) {
      const way = document.querySelector(e.ctrlKey ? '[data-lookup-way="/check-in"]' : '[data-lookup-way="/note"]');
      if (way && !way.hidden && fresh(p)) {
        e.preventDefault();
        way.click();
      }
    } else if (e.key === 'Escape') {
      e.preventDefault();
      clear(p);
    } else if (['ArrowDown', 'ArrowUp', 'Home', 'End'].includes(e.key) && !e.shiftKey) {
      /* Home and End stay with the text until there is something to choose from. */
      if (move(p, e.key)) e.preventDefault();
    }
  });

  /* Enter, also that of a telephone's keyboard, arrives as a submit. */
  document.addEventListener('submit', (e) => {
    const p = parts(e.target);
    if (!p) return;
    const option = p.hits.querySelector('[role="option"][aria-selected="true"]');
    if (option && fresh(p)) {
      e.preventDefault();
      option.click();
    }
  });

  document.addEventListener('input', (e) => {
    const p = parts(e.target);
    if (p && e.target === p.input && p.input.value.trim() === '') clear(p);
  });

  /* A form beside the look-up ([data-lookup-copy]) takes the typed words along. */
  document.addEventListener('submit', (e) => {
    const copy = e.target.querySelector('[data-lookup-copy]');
    const box = document.querySelector('[data-lookup] input[role="combobox"]');
    if (copy && box) copy.value = box.value;
  });

  document.addEventListener('htmx:configRequest', (e) => {
    const p = parts(e.target);
    if (!p || e.target !== p.input) return;
    p.hits.setAttribute('aria-busy', 'true');
  });

  /* hx-sync replaces a request by the next one; what arrives between two key
     strokes, before the next one is sent, is dropped here. */
  document.addEventListener('htmx:beforeSwap', (e) => {
    const request = e.detail.requestConfig;
    const p = parts(request.elt);
    if (!p || request.elt !== p.input || !e.detail.shouldSwap) return;
    const asked = request.formData.get(p.input.name);
    if (asked !== p.input.value) e.detail.shouldSwap = false;
    else p.hits.dataset.for = asked;
  });
  document.addEventListener('htmx:afterRequest', (e) => {
    const p = parts(e.detail.elt);
    if (p && e.detail.elt === p.input) p.hits.removeAttribute('aria-busy');
  });
  document.addEventListener('htmx:afterSwap', (e) => {
    const p = parts(e.target);
    if (p && p.hits === e.target) settle(p);
  });

  document.addEventListener('DOMContentLoaded', () => {
    for (const form of document.querySelectorAll('[data-lookup]')) {
      const p = parts(form);
      if (options(p).length) p.hits.dataset.for = p.input.value;
      settle(p);
    }
  });

  /* A page that comes back from the browser's cache shows no old hits. */
  window.addEventListener('pageshow', (e) => {
    if (!e.persisted) return;
    for (const form of document.querySelectorAll('[data-lookup]')) clear(parts(form));
  });
})();
