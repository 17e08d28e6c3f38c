### Datos de demostración.

error-demo-not-empty = Este centro ya tiene datos. Los datos de demostración necesitan uno propio: elige otra carpeta u otra base de datos.
