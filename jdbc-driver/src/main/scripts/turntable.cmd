@echo off
rem The command line of Turntable. Arguments are those of the jar.
rem
rem Looks for the jar in TURNTABLE_JAR, beside this script, and in the build's target directory. It
rem keeps no archive of classes, as the script for a shell of Unix does.
setlocal

set "jar=%TURNTABLE_JAR%"
if not defined jar for %%f in ("%~dp0turntable-jdbc-*.jar" "%~dp0..\..\..\target\turntable-jdbc-*.jar") do (
  echo %%~nf| findstr /e /c:"-sources" /c:"-javadoc" >nul || set "jar=%%~ff"
)
if not exist "%jar%" (
  echo turntable: the driver jar is not there; set TURNTABLE_JAR>&2
  exit /b 2
)

set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
if not defined JAVA_HOME where java >nul 2>nul || (
  echo turntable: no java found; set JAVA_HOME>&2
  exit /b 2
)

"%java%" -XX:+UseSerialGC -XX:-UsePerfData -XX:CompileThresholdScaling=5 -cp "%jar%" dev.turntable.jdbc.cli.Main %*
exit /b %ERRORLEVEL%
