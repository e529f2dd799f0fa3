// Every word of the page that saves a card, in Spanish of Mexico. The markup carries the same ones for the first paint.
export default {
  otherLanguage: 'English',
  pageTitle: '{headline} · Casa Jacaranda',

  loading: 'Consultando tu enlace',
  save: 'Guarda tu tarjeta',
  saveText: 'Así la tienda podrá cobrarle lo que acuerden, sin volver a pedirte los datos.',
  promiseNothing: 'Hoy no se te cobra nada: solo se verifica la tarjeta, con un cargo que se anula enseguida.',
  promiseSafe: 'Escribes sus datos en el formulario seguro de Compago. La tienda no los ve ni los guarda.',
  expires: 'El enlace vence',
  deviceTime: '{time} (hora de tu dispositivo)',
  goToForm: 'Ir al formulario seguro',
  formTitle: 'Formulario seguro de Compago para guardar tu tarjeta',
  formMissing: '¿No se ve el formulario?',
  openForm: 'Abrirlo en su propia página',

  checking: 'Estamos confirmando tu tarjeta',
  checkingText: 'Suele tardar unos segundos. Puedes cerrar esta página: la tienda recibe el aviso automáticamente.',
  notFinished: '¿No alcanzaste a guardarla?',
  backToForm: 'Volver al formulario',

  active: 'Tu tarjeta está guardada',
  activeText: 'No se te cobró nada: el cargo de verificación se anula. La tienda ya puede cobrarle lo que acuerden.',
  card: 'Tarjeta',
  ending: '{name} terminación {digits}',
  backToShop: 'Volver a la tienda',

  expired: 'El enlace venció',
  expiredText: 'No se guardó ninguna tarjeta. Pide a la tienda un enlace nuevo.',
  endedText: 'Ya no se puede usar. Si no alcanzaste a guardar tu tarjeta, pide a la tienda un enlace nuevo.',
  revoked: 'Esta tarjeta ya no está guardada',
  revokedText: 'La tienda ya no puede cobrarle. Si quieres guardarla otra vez, pide un enlace nuevo.',
  unknown: 'Estamos revisando tu tarjeta',
  unknownText: 'Todavía no sabemos si quedó guardada. No la guardes otra vez, por favor: esta página te avisa en cuanto se sepa.',
  missing: 'No encontramos este enlace',
  missingText: 'Puede que esté incompleto. Ábrelo otra vez como te lo dio la tienda, o pide uno nuevo.',
  stuck: 'No pudimos consultar tu tarjeta',
  stuckText: 'Si ya la guardaste, no pasa nada: la tienda recibe el aviso automáticamente. Intenta de nuevo en un momento.',
  tryAgain: 'Intentar de nuevo',
  help: '¿Dudas? Escribe a {email}.',

  framed: 'Aquí ya terminaste',
  framedText: 'La página de la tienda te dice en un momento cómo quedó tu tarjeta.',

  offlineWait: 'Sin conexión. Continuamos en cuanto vuelva la conexión.',
  'wait.slow': 'La respuesta está tardando. Seguimos intentando.',
};
