package io.eventful.routetest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.ClassWriter;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.Type;

/** The gateway's classes once more, with one method that does nothing and returns nothing of use. */
final class BrokenClass extends URLClassLoader {

    private static final String OURS = "io.eventful.";

    private final String type;
    private final String method;
    private boolean broken;

    BrokenClass(String type, String method) {
        super(new URL[] {place(RouteTester.class), place(BrokenClass.class)}, BrokenClass.class.getClassLoader());
        this.type = OURS + type;
        this.method = method;
    }

    private static URL place(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    /** Whether the method was there. */
    boolean isBroken() {
        return broken;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS)) return super.loadClass(name, resolve);
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known == null ? findClass(name) : known;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (!name.equals(type)) return super.findClass(name);
        try (InputStream in = findResource(name.replace('.', '/') + ".class").openStream()) {
            byte[] bytes = breaking(in.readAllBytes());
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] breaking(byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        MethodVisitor out = super.visitMethod(access, name, descriptor, signature, exceptions);
                        if (!name.equals(method) || (access & Opcodes.ACC_ABSTRACT) != 0) return out;
                        broken = true;
                        empty(out, Type.getReturnType(descriptor));
                        return null;
                    }
                },
                0);
        return writer.toByteArray();
    }

    private static void empty(MethodVisitor out, Type returned) {
        out.visitCode();
        switch (returned.getSort()) {
            case Type.VOID -> out.visitInsn(Opcodes.RETURN);
            case Type.BOOLEAN -> {
                out.visitInsn(Opcodes.ICONST_1);
                out.visitInsn(Opcodes.IRETURN);
            }
            case Type.INT -> {
                out.visitInsn(Opcodes.ICONST_0);
                out.visitInsn(Opcodes.IRETURN);
            }
            default -> {
                if (returned.getClassName().equals("java.lang.String")) out.visitLdcInsn("broken");
                else out.visitInsn(Opcodes.ACONST_NULL);
                out.visitInsn(Opcodes.ARETURN);
            }
        }
        out.visitMaxs(0, 0);
        out.visitEnd();
    }
}
