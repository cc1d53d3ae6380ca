/** What a creator affirms when publishing. Kept with the version word for word, as it was shown. */
export const RIGHTS_TEXT =
  'I have the rights that offering this model takes: to the model, to what it was trained or built on as far as the law asks for them, and to the names and likenesses it is made to imitate. I have named the licences of what it was made from. I know that works made with it are under the licence I chose, and that a false statement here can end its publication and hold back its earnings.';
