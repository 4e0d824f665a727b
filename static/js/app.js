/* What every page needs: `/` goes to the look-up, the first problem or the
   marked element takes the focus, dialogs open and close, and a request in the
   background that failed says so instead of doing nothing. */
(() => {
  'use strict';

  const typing = (el) => el instanceof HTMLElement &&
    (el.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName));

  document.addEventListener('keydown', (e) => {
    if (e.key !== '/' || e.ctrlKey || e.metaKey || e.altKey || typing(e.target)) return;
    const box = document.querySelector('[data-lookup] input[role="combobox"]');
    if (!box) return;
    e.preventDefault();
    box.focus();
    box.select();
  });

  /* After a swap the root may be the marked element itself. */
  const takeFocus = (root) => {
    const self = root instanceof Element && root.matches('[data-focus]');
    const el = self ? root : root.querySelector && root.querySelector('[data-focus]');
    if (el) el.focus();
  };
  /* What is wrong is told from the top of the form down, with the name of the field. */
  const tellProblems = () => {
    const list = document.querySelector('.problems ul');
    if (!list) return;
    const colon = document.documentElement.lang.startsWith('zh') ? '：' : ': ';
    const rows = [...list.children].map((li) => {
      const a = li.querySelector('a');
      return { li, a, at: a && document.getElementById(a.hash.slice(1)) };
    }).filter((r) => r.at);
    rows.sort((x, y) => (x.at.compareDocumentPosition(y.at) & Node.DOCUMENT_POSITION_PRECEDING ? 1 : -1));
    rows.forEach(({ li, a, at }) => {
      const field = at.closest('.field');
      const label = field && field.querySelector(':scope > :is(label, legend)');
      const name = label && label.firstChild && label.firstChild.textContent.trim();
      if (name && !a.textContent.startsWith(name + colon)) a.prepend(name + colon);
      list.append(li);
    });
  };

  /* On a telephone the ways are a strip: the present one is brought into it. */
  const showWhere = () => {
    const strip = document.querySelector('.rail');
    const here = strip && strip.querySelector('[aria-current="page"]');
    if (!here) return;
    const box = here.getBoundingClientRect();
    strip.scrollLeft += box.left + box.width / 2 - strip.clientWidth / 2;
  };

  /* On a telephone a row of a table is a block, and each cell says what it is.
     Where no script runs, tables scroll in their panel. */
  const labelCells = (root) => {
    root.querySelectorAll('.table').forEach((table) => {
      const heads = [...table.querySelectorAll('thead th')].map((th) => (th.querySelector('.sr') ? '' : th.textContent.trim()));
      if (!heads.length) return;
      table.querySelectorAll('tbody tr').forEach((tr) => {
        if (tr.cells.length !== heads.length) return;
        [...tr.cells].forEach((cell, i) => {
          cell.dataset.label = heads[i];
          cell.classList.toggle('is-empty', !cell.textContent.trim() && !cell.querySelector('input, button, img, progress, .icon, [aria-label]'));
        });
      });
      table.classList.add('is-stacking');
    });
  };

  document.addEventListener('DOMContentLoaded', () => {
    tellProblems();
    labelCells(document);
    showWhere();
    takeFocus(document);
  });
  document.addEventListener('htmx:afterSettle', (e) => {
    labelCells(e.target.closest('.table') ? document : e.target);
    takeFocus(e.target);
  });

  document.addEventListener('click', (e) => {
    if (!(e.target instanceof Element)) return;
    const opener = e.target.closest('[data-dialog]');
    if (opener) {
      const dialog = document.getElementById(opener.dataset.dialog);
      if (dialog && dialog.showModal) {
        e.preventDefault();
        dialog.showModal();
      }
    }
    if (e.target.closest('[data-dialog-close]')) {
      const dialog = e.target.closest('dialog');
      if (dialog) {
        e.preventDefault();
        dialog.close();
      }
    }
    if (e.target.closest('[data-print]')) window.print();
  });

  /* The sentences stand in the page, in the person's language. */
  const say = (template) => {
    const live = document.getElementById('live');
    const words = document.getElementById(template);
    if (live && words) live.replaceChildren(words.content.cloneNode(true));
  };
  document.addEventListener('htmx:sendError', () => say('live-offline'));
  document.addEventListener('htmx:timeout', () => say('live-offline'));
  document.addEventListener('htmx:responseError', () => say('live-failed'));
  document.addEventListener('htmx:afterSwap', () => {
    const live = document.getElementById('live');
    if (live) live.replaceChildren();
  });
})();
